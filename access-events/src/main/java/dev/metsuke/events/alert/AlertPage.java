package dev.metsuke.events.alert;

import java.net.URI;
import java.util.regex.Pattern;

/** The console's page of an alert, as everything that links to it spells it. */
public final class AlertPage {

    private static final Pattern SLASHES_AT_THE_END = Pattern.compile("/+$");

    private AlertPage() {}

    /**
     * Where one alert is shown.
     *
     * @param console where people reach the console, with or without a slash at the end
     * @param id of the alert: hexadecimal digits
     */
    public static URI of(URI console, String id) {
        return URI.create(SLASHES_AT_THE_END.matcher(console.toString()).replaceFirst("") + "/alerts/" + id);
    }
}
