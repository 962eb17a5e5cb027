/** Access by an account that was revoked, and by one that moved, outside its new department's scope. */
@NullMarked
package dev.metsuke.detect.revoked;

import org.jspecify.annotations.NullMarked;
