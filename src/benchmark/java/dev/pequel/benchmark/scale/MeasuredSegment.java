package dev.pequel.benchmark.scale;

import java.time.LocalDate;
import java.util.List;

/**
 * An audience to count, and an equivalent SQL query on Pequel's tables, as an expert in PostgreSQL would write it.
 *
 * @param events whether the expression reads events
 * @param sqlTemplate a query for one number; {@code $sandbox} is replaced by the number of the sandbox, {@code $today}
 *     by the day on which Pequel counted
 */
record MeasuredSegment(String name, boolean events, String pql, String sqlTemplate) {

    /** @param end of the times that the events have */
    static List<MeasuredSegment> all(LocalDate end) {
        LocalDate from = end.minusDays(90);
        LocalDate to = end.minusDays(10);
        return List.of(
                profiles(
                        "country",
                        "homeAddress.countryCode = \"US\"",
                        "attributes #>> '{homeAddress,countryCode}' = 'US'"),
                profiles(
                        "gender and age",
                        "person.gender = \"female\" and person.birthYear >= 1990",
                        "attributes #>> '{person,gender}' = 'female'"
                                + " and (attributes #>> '{person,birthYear}')::int >= 1990"),
                profiles(
                        "loyalty",
                        "loyalty.tier in [\"gold\", \"platinum\"] and loyalty.points > 2000",
                        "attributes #>> '{loyalty,tier}' in ('gold', 'platinum')"
                                + " and (attributes #>> '{loyalty,points}')::int > 2000"),
                profiles(
                        "first name starts with",
                        "person.name.firstName.startsWith(\"J\")",
                        "attributes #>> '{person,name,firstName}' like 'J%'"),
                profiles(
                        "email ends with",
                        "personalEmail.address.endsWith(\"@example.org\")",
                        "attributes #>> '{personalEmail,address}' like '%@example.org'"),
                profiles(
                        "works elsewhere",
                        "workAddress.city != homeAddress.city",
                        "attributes #>> '{workAddress,city}' <> attributes #>> '{homeAddress,city}'"),
                profiles(
                        "consents",
                        "consents.marketing.email.val = \"y\" and not consents.marketing.sms.val = \"y\"",
                        "attributes #>> '{consents,marketing,email,val}' = 'y'"
                                + " and (attributes #>> '{consents,marketing,sms,val}' = 'y') is not true"),
                profiles(
                        "joined within a year",
                        "loyalty.joinDate occurs <= 365 days before today",
                        "(attributes #>> '{loyalty,joinDate}')::timestamptz >= date '$today' - 365"
                                + " and (attributes #>> '{loyalty,joinDate}')::timestamptz < date '$today'"),
                profiles(
                        "last name matches",
                        "person.name.lastName matches \"(?i).*son\"",
                        "attributes #>> '{person,name,lastName}' ~* '^.*son$'"),
                profiles(
                        "one of several",
                        "homeAddress.countryCode in [\"DE\", \"FR\", \"ES\"] or person.birthMonth = 5"
                                + " and not (loyalty.status = \"active\")",
                        "attributes #>> '{homeAddress,countryCode}' in ('DE', 'FR', 'ES')"
                                + " or (attributes #>> '{person,birthMonth}')::int = 5"
                                + " and (attributes #>> '{loyalty,status}' = 'active') is not true"),
                events(
                        "bought",
                        "xEvent[eventType = \"commerce.purchases\"].count() > 0",
                        "select count(distinct profile_id) from experience_event"
                                + " where body ->> 'eventType' = 'commerce.purchases'"),
                events(
                        "viewed three products",
                        "xEvent[eventType = \"commerce.productViews\"].count() >= 3",
                        "select count(*) from (select from experience_event"
                                + " where body ->> 'eventType' = 'commerce.productViews'"
                                + " group by profile_id having count(*) >= 3) as found"),
                events(
                        "large order",
                        "exists E from xEvent where E.commerce.order.priceTotal > 500",
                        "select count(distinct profile_id) from experience_event"
                                + " where (body #>> '{commerce,order,priceTotal}')::numeric > 500"),
                events(
                        "spent much",
                        "xEvent.sum(commerce.order.priceTotal) > 1000.005",
                        "select count(*) from (select from experience_event"
                                + " where body -> 'commerce' ? 'order' group by profile_id"
                                + " having sum((body #>> '{commerce,order,priceTotal}')::numeric) > 1000.005) as found"),
                events(
                        "bought a product",
                        "exists E from xEvent where E.eventType = \"commerce.purchases\","
                                + " I from E.productListItems where I.SKU = \"TN-200\"",
                        "select count(distinct profile_id) from experience_event"
                                + " where body ->> 'eventType' = 'commerce.purchases'"
                                + " and body @> '{\"productListItems\": [{\"SKU\": \"TN-200\"}]}'"),
                events(
                        "cart, later order",
                        "chain(xEvent, timestamp, [A: WHAT(eventType = \"commerce.productListAdds\"),"
                                + " B: WHAT(eventType = \"commerce.purchases\")])",
                        "select count(*) from (select from experience_event"
                                + " where body ->> 'eventType' in ('commerce.productListAdds', 'commerce.purchases')"
                                + " group by profile_id"
                                + " having min(timestamp) filter (where body ->> 'eventType' = 'commerce.productListAdds')"
                                + " < max(timestamp) filter (where body ->> 'eventType' = 'commerce.purchases')) as found"),
                events(
                        "five in thirty days",
                        "xEvent[timestamp occurs <= 30 days before today].count() >= 5",
                        "select count(*) from (select from experience_event"
                                + " where timestamp >= date '$today' - 30 and timestamp < date '$today'"
                                + " group by profile_id having count(*) >= 5) as found"),
                events(
                        "only mobile",
                        "xEvent and forall E from xEvent where E.device.type = \"mobile\"",
                        "select count(*) from (select from experience_event group by profile_id"
                                + " having bool_and(body #>> '{device,type}' = 'mobile')) as found"),
                events(
                        "checkout in a period",
                        "exists E from xEvent where E.eventType = \"commerce.checkouts\""
                                + " and E.timestamp occurs between %s and %s".formatted(pqlDate(from), pqlDate(to)),
                        "select count(distinct profile_id) from experience_event"
                                + " where body ->> 'eventType' = 'commerce.checkouts'"
                                + " and timestamp >= date '%s' and timestamp < date '%s'"
                                        .formatted(from, to.plusDays(1))),
                events(
                        "never bought, in a country",
                        "homeAddress.countryCode = \"US\""
                                + " and not (exists E from xEvent where E.eventType = \"commerce.purchases\")",
                        "select count(*) from profile where attributes #>> '{homeAddress,countryCode}' = 'US'"
                                + " and not exists (select from experience_event"
                                + " where profile_id = profile.id and body ->> 'eventType' = 'commerce.purchases')"));
    }

    private static String pqlDate(LocalDate day) {
        return "date(%d, %d, %d)".formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    String sql(long sandbox, LocalDate today) {
        return sqlTemplate.replace("$sandbox", String.valueOf(sandbox)).replace("$today", today.toString());
    }

    private static MeasuredSegment profiles(String name, String pql, String condition) {
        return new MeasuredSegment(
                name, false, pql, "select count(*) from profile where sandbox_id = $sandbox and (" + condition + ")");
    }

    /** The benchmark has no other sandbox, so that events need no condition on it. */
    private static MeasuredSegment events(String name, String pql, String sql) {
        return new MeasuredSegment(name, true, pql, sql);
    }
}
