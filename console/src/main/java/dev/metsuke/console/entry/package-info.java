/** What people write by hand or export from a spreadsheet: times, CSV tables, and what is wrong with them. */
@NullMarked
package dev.metsuke.console.entry;

import org.jspecify.annotations.NullMarked;
