package dev.pequel.profile.sample;

import dev.pequel.profile.sample.Catalog.Place;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A member of the sample population, with all random choices that do not concern events. Visitors without an account
 * are known by their {@code ecid} only.
 */
record Person(
        long seed,
        int index,
        Optional<Account> account,
        List<String> ecids,
        Place home,
        Optional<Place> work,
        boolean acceptsEmail,
        boolean acceptsSms) {

    /** @param gender empty if unknown */
    record Account(
            String crmid,
            String firstName,
            String lastName,
            Optional<String> gender,
            LocalDate birthDate,
            Optional<String> email,
            Optional<String> phone,
            Optional<Loyalty> loyalty) {}

    record Loyalty(String id, String tier, int points, boolean active, Instant joined, Instant tierExpiry) {}

    static final int PROFILE = 0;
    static final int EVENTS = 1;

    /** Numbers of events of ten consecutive persons, fifty in total: many have few events, and few have many. */
    static final int[] EVENT_COUNTS = {4, 0, 5, 2, 9, 1, 14, 5, 3, 7};

    static int eventCount(int index) {
        return EVENT_COUNTS[index % EVENT_COUNTS.length];
    }

    static Person of(long seed, int index, Instant origin) {
        Dice dice = new Dice(seed, index, PROFILE);
        Place home = dice.oneOf(Catalog.PLACES);
        Optional<Place> work =
                dice.chance(60) ? Optional.of(dice.chance(70) ? home : dice.oneOf(Catalog.PLACES)) : Optional.empty();
        Optional<Account> account =
                dice.chance(94) ? Optional.of(account(dice, index, home, origin)) : Optional.empty();
        int devices = account.isEmpty() ? 1 : dice.chance(70) ? dice.between(1, 2) : 0;
        List<String> ecids = devices == 0
                ? List.of()
                : devices == 1 ? List.of(dice.digits(38)) : List.of(dice.digits(38), dice.digits(38));
        return new Person(seed, index, account, ecids, home, work, dice.chance(65), dice.chance(25));
    }

    private static Account account(Dice dice, int index, Place home, Instant origin) {
        boolean female = dice.chance(50);
        String firstName = dice.oneOf(female ? Catalog.FEMALE_NAMES : Catalog.MALE_NAMES);
        String lastName = dice.oneOf(Catalog.LAST_NAMES);
        Optional<String> gender = dice.chance(80) ? Optional.of(female ? "female" : "male") : Optional.empty();
        LocalDate today = LocalDate.ofInstant(origin, ZoneOffset.UTC);
        LocalDate birthDate = today.minusYears(16).minusDays(dice.below(64 * 365L));
        Optional<String> email =
                dice.chance(85) ? Optional.of(email(dice, firstName, lastName, index)) : Optional.empty();
        Optional<String> phone = dice.chance(45)
                ? Optional.of(home.dialCode() + String.format(Locale.ROOT, "%010d", 5_550_000_000L + index))
                : Optional.empty();
        Optional<Loyalty> loyalty = dice.chance(55) ? Optional.of(loyalty(dice, index, origin)) : Optional.empty();
        return new Account(
                String.format(Locale.ROOT, "C%08d", index),
                firstName,
                lastName,
                gender,
                birthDate,
                email,
                phone,
                loyalty);
    }

    private static String email(Dice dice, String firstName, String lastName, int index) {
        String name = Normalizer.normalize(firstName + "." + lastName, Normalizer.Form.NFD);
        String local = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "");
        return local + index + "@example." + dice.oneOf(List.of("com", "com", "org", "net", "edu"));
    }

    private static Loyalty loyalty(Dice dice, int index, Instant origin) {
        Instant day = origin.truncatedTo(ChronoUnit.DAYS);
        String tier = dice.oneOf(Catalog.LOYALTY_TIERS);
        return new Loyalty(
                String.format(Locale.ROOT, "L%08d", index),
                tier,
                (int) dice.exponential(
                        switch (tier) {
                            case "bronze" -> 300;
                            case "silver" -> 1200;
                            case "gold" -> 4000;
                            default -> 12000;
                        }),
                dice.chance(90),
                day.minus(dice.between(1, 3650), ChronoUnit.DAYS),
                day.plus(dice.between(-60, 365), ChronoUnit.DAYS));
    }

    int eventCount() {
        return eventCount(index);
    }

    /** The random choices for this person's events. */
    Dice eventDice() {
        return new Dice(seed, index, EVENTS);
    }
}
