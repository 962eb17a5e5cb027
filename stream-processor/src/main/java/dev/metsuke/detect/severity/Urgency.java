package dev.metsuke.detect.severity;

import dev.metsuke.events.alert.Severity;

/**
 * How urgent an episode is, by what was found and nothing else. A failed access takes no data out.
 *
 * <table>
 *   <caption>Severity by finding</caption>
 *   <tr><th>finding</th><th>low</th><th>medium</th><th>high</th><th>critical</th></tr>
 *   <tr><td>bulk read, by the window furthest above its limit</td>
 *       <td></td><td>below 3 times</td><td>from 3 times</td><td>from 10 times</td></tr>
 *   <tr><td>more exports of unknown size than allowed</td>
 *       <td></td><td>always</td><td></td><td></td></tr>
 *   <tr><td>access by a stopped account</td>
 *       <td></td><td>all failed</td><td>one did not fail</td><td>data was taken out</td></tr>
 *   <tr><td>access outside the department</td>
 *       <td></td><td>else</td><td>data was taken out</td><td></td></tr>
 *   <tr><td>export off hours, or in a forbidden way</td>
 *       <td></td><td>neither</td><td>it left the house, or was much</td><td>it left the house and was much</td></tr>
 *   <tr><td>use of an approval</td>
 *       <td>always</td><td></td><td></td><td></td></tr>
 * </table>
 */
public final class Urgency {

    private static final long HIGH_FROM = 3;
    private static final long CRITICAL_FROM = 10;

    private Urgency() {}

    /** What was found. */
    public sealed interface Finding {

        /**
         * Reading more than a limit allows.
         *
         * @param people how many people's data, in the window furthest above its limit
         * @param limit how many were allowed in it
         */
        record BulkRead(long people, long limit) implements Finding {}

        /** More exports of unknown size than the policy allows. */
        record UnsizedExports() implements Finding {}

        /**
         * Use of an account that should not work any more.
         *
         * @param isAllFailed whether every access failed
         * @param takesDataOut whether one that did not fail took data out
         */
        record StoppedAccount(boolean isAllFailed, boolean takesDataOut) implements Finding {}

        /**
         * Access to what is kept for other departments.
         *
         * @param takesDataOut whether data was taken out
         */
        record OutsideDepartment(boolean takesDataOut) implements Finding {}

        /**
         * Taking data out when, or how, nobody should.
         *
         * @param leavesTheHouse whether it went out by e-mail or on media
         * @param isMuch whether it is of more people than the bulk-read ceiling, or of an unknown number
         */
        record Export(boolean leavesTheHouse, boolean isMuch) implements Finding {}

        /** An export that was approved beforehand. */
        record ApprovedExport() implements Finding {}
    }

    /** By the table above. */
    public static Severity of(Finding finding) {
        return switch (finding) {
            case Finding.BulkRead(long people, long limit) -> {
                long times = people / Math.max(limit, 1);
                yield times >= CRITICAL_FROM ? Severity.CRITICAL : times >= HIGH_FROM ? Severity.HIGH : Severity.MEDIUM;
            }
            case Finding.UnsizedExports() -> Severity.MEDIUM;
            case Finding.StoppedAccount(boolean isAllFailed, boolean takesDataOut) ->
                isAllFailed ? Severity.MEDIUM : takesDataOut ? Severity.CRITICAL : Severity.HIGH;
            case Finding.OutsideDepartment(boolean takesDataOut) -> takesDataOut ? Severity.HIGH : Severity.MEDIUM;
            case Finding.Export(boolean leavesTheHouse, boolean isMuch) ->
                leavesTheHouse && isMuch
                        ? Severity.CRITICAL
                        : leavesTheHouse || isMuch ? Severity.HIGH : Severity.MEDIUM;
            case Finding.ApprovedExport() -> Severity.LOW;
        };
    }
}
