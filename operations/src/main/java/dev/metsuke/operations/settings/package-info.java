/** One YAML file of settings, read into one record a feature, every problem reported at once. */
@NullMarked
package dev.metsuke.operations.settings;

import org.jspecify.annotations.NullMarked;
