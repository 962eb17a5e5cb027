/** The console: HTTP API and web pages for security officer, HR clerk and auditor. */
@NullMarked
package dev.metsuke.console;

import org.jspecify.annotations.NullMarked;
