package dev.pequel.pql.ast;

/**
 * The units of {@code occurs}. Up to and including the week they are fixed lengths (UTC has no daylight saving time);
 * from the month on they are calendar steps (P56).
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
