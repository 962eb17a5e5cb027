/** HR's reports of retirements, transfers, suspensions, contract ends and returns. */
@NullMarked
package dev.metsuke.console.status;

import org.jspecify.annotations.NullMarked;
