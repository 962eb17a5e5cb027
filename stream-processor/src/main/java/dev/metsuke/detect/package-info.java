/** Detection: from accesses, status reports and the directory to alerts. */
@NullMarked
package dev.metsuke.detect;

import org.jspecify.annotations.NullMarked;
