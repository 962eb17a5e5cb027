/** What alerts say, in English and Japanese. */
@NullMarked
package dev.metsuke.detect.wording;

import org.jspecify.annotations.NullMarked;
