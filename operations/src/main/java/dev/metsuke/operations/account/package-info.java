/** How accounts are called, by whichever door their names come in. */
@NullMarked
package dev.metsuke.operations.account;

import org.jspecify.annotations.NullMarked;
