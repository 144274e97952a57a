package dev.pequel.pql.ast;

/**
 * The units of {@code occurs}. Units up to the week have a fixed length (UTC has no daylight saving time); longer
 * units are calendar steps (P56).
 */
public enum CalendarUnit {
    MILLISECOND("millisecond", "milliseconds"),
    SECOND("second", "seconds"),
    MINUTE("minute", "minutes"),
    HOUR("hour", "hours"),
    DAY("day", "days"),
    WEEK("week", "weeks"),
    MONTH("month", "months"),
    YEAR("year", "years"),
    DECADE("decade", "decades"),
    CENTURY("century", "centuries"),
    MILLENNIUM("millennium", "millennia");

    private final String singular;
    private final String plural;

    CalendarUnit(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    public String singular() {
        return singular;
    }

    public String plural() {
        return plural;
    }
}
