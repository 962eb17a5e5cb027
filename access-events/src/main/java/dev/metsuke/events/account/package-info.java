/** Accounts: whose they are, and what HR reported about them. */
@NullMarked
package dev.metsuke.events.account;

import org.jspecify.annotations.NullMarked;
