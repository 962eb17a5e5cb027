/** Exports outside the account's working time. */
@NullMarked
package dev.metsuke.detect.offhours;

import org.jspecify.annotations.NullMarked;
