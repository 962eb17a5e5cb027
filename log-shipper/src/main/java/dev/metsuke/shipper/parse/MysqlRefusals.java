package dev.metsuke.shipper.parse;

import java.util.Set;

/**
 * Errors by which MySQL and MariaDB refuse a statement before it can show a row or write a file
 * (https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html). Any other may come after thousands of rows.
 */
final class MysqlRefusals {

    private static final Set<String> RIGHTS =
            Set.of("1044", "1045", "1142", "1143", "1147", "1227", "1290", "1370", "1820");
    /** Of databases, tables, columns, variables, functions and the like. */
    private static final Set<String> NAMES = Set.of(
            "1046", "1049", "1051", "1052", "1054", "1059", "1060", "1066", "1103", "1106", "1109", "1115", "1128",
            "1146", "1176", "1191", "1193", "1243", "1247", "1248", "1250", "1273", "1305", "1327", "1356", "1630");

    private static final Set<String> SYNTAX = Set.of(
            "1055", "1056", "1057", "1058", "1063", "1064", "1065", "1107", "1110", "1111", "1136", "1140", "1149",
            "1210", "1221", "1222", "1231", "1234", "1235", "1241", "1253", "1267", "1270", "1271", "1295", "1318",
            "1582", "1583", "1584");
    /** A query that is too large, tables that are locked, a server that is read only. */
    private static final Set<String> STATE = Set.of("1099", "1100", "1104", "1116", "1792", "1836");
    /** That cannot be made, or is there already. */
    private static final Set<String> FILE = Set.of("1", "1086");

    private MysqlRefusals() {}

    static boolean is(String code) {
        return RIGHTS.contains(code)
                || NAMES.contains(code)
                || SYNTAX.contains(code)
                || STATE.contains(code)
                || FILE.contains(code);
    }
}
