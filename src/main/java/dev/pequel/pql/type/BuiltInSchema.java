package dev.pequel.pql.type;

import dev.pequel.pql.check.Fields;
import dev.pequel.pql.type.Type.ListOf;
import dev.pequel.pql.type.Type.MapOf;
import dev.pequel.pql.type.Type.ObjectOf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The schema of sandboxes without a stored schema: the usual fields of XDM Individual Profile and XDM
 * ExperienceEvent. It does not restrict the data: every object may have more fields, which are {@link Type#ANY}, and
 * a single value has a type only where XDM leaves no doubt.
 */
public final class BuiltInSchema {

    /** Name of the profile's list of experience events. */
    public static final String EVENTS = "xEvent";

    /** Name of the profile's map from namespace to identities. */
    public static final String IDENTITY_MAP = "identityMap";

    /** Name of the profile's map from namespace to memberships by audience. */
    public static final String SEGMENT_MEMBERSHIP = "segmentMembership";

    private static final Type MEASURE =
            new Fields().with("id", Type.STRING).with("value", Type.DOUBLE).object();
    private static final Type IDENTITIES = new MapOf(new ListOf(new Fields()
            .with("id", Type.STRING)
            .with("primary", Type.BOOLEAN)
            .with("authenticatedState", Type.STRING)
            .object()));
    private static final Type MEMBERSHIPS = new MapOf(new MapOf(new Fields()
            .with("status", Type.STRING)
            .with("lastQualificationTime", Type.TIMESTAMP)
            .with("validUntil", Type.TIMESTAMP)
            .object()));
    private static final Type EVENT_LIST = new ListOf(event());

    private static final ProfileSchema SCHEMA = new ProfileSchema(profile(), false);

    private BuiltInSchema() {}

    public static ProfileSchema schema() {
        return SCHEMA;
    }

    /** The type of {@link #IDENTITY_MAP}. */
    public static Type identityMap() {
        return IDENTITIES;
    }

    /** The type of {@link #SEGMENT_MEMBERSHIP}: a map from namespace to a map from audience id to membership. */
    public static Type segmentMembership() {
        return MEMBERSHIPS;
    }

    /** The type of {@link #EVENTS}. */
    public static Type events() {
        return EVENT_LIST;
    }

    private static ObjectOf profile() {
        return new Fields()
                .with("_id", Type.STRING)
                .with("person", person())
                .with("homeAddress", address())
                .with("workAddress", address())
                .with("billingAddress", address())
                .with("shippingAddress", address())
                .with("mailingAddress", address())
                .with("personalEmail", email())
                .with("workEmail", email())
                .with("mobilePhone", phone())
                .with("homePhone", phone())
                .with("workPhone", phone())
                .with("faxPhone", phone())
                .with("loyalty", loyalty())
                .with("consents", consents())
                .with(
                        "optInOut",
                        new Fields().with("_channels", new Fields().object()).object())
                .with("timeZone", Type.STRING)
                .with("preferredLanguage", Type.STRING)
                .with(
                        "_repo",
                        new Fields()
                                .with("createDate", Type.TIMESTAMP)
                                .with("modifyDate", Type.TIMESTAMP)
                                .object())
                .with(IDENTITY_MAP, IDENTITIES)
                .with(SEGMENT_MEMBERSHIP, MEMBERSHIPS)
                .with(EVENTS, EVENT_LIST)
                .object();
    }

    private static Type person() {
        return new Fields()
                .with(
                        "name",
                        new Fields()
                                .with("firstName", Type.STRING)
                                .with("middleName", Type.STRING)
                                .with("lastName", Type.STRING)
                                .with("fullName", Type.STRING)
                                .with("courtesyTitle", Type.STRING)
                                .with("suffix", Type.STRING)
                                .object())
                .with("birthDate", Type.TIMESTAMP)
                .with("birthDayAndMonth", Type.STRING)
                .with("birthYear", Type.INTEGER)
                .with("birthMonth", Type.INTEGER)
                .with("birthDay", Type.INTEGER)
                .with("age", Type.INTEGER)
                .with("gender", Type.STRING)
                .with("maritalStatus", Type.STRING)
                .with("nationality", Type.STRING)
                .object();
    }

    private static Type address() {
        return new Fields()
                .with("primary", Type.BOOLEAN)
                .with("label", Type.STRING)
                .with("street1", Type.STRING)
                .with("street2", Type.STRING)
                .with("street3", Type.STRING)
                .with("street4", Type.STRING)
                .with("city", Type.STRING)
                .with("state", Type.STRING)
                .with("stateProvince", Type.STRING)
                .with("stateProvinceISO", Type.STRING)
                .with("postalCode", Type.STRING)
                .with("postOfficeBox", Type.STRING)
                .with("region", Type.STRING)
                .with("country", Type.STRING)
                .with("countryCode", Type.STRING)
                .with("countryISO", Type.STRING)
                .with("status", Type.STRING)
                .with("lastVerifiedDate", Type.TIMESTAMP)
                .object();
    }

    private static Type email() {
        return new Fields()
                .with("primary", Type.BOOLEAN)
                .with("address", Type.STRING)
                .with("label", Type.STRING)
                .with("type", Type.STRING)
                .with("status", Type.STRING)
                .with("statusReason", Type.STRING)
                .object();
    }

    private static Type phone() {
        return new Fields()
                .with("primary", Type.BOOLEAN)
                .with("number", Type.STRING)
                .with("extension", Type.STRING)
                .with("countryCode", Type.STRING)
                .with("status", Type.STRING)
                .with("statusReason", Type.STRING)
                .object();
    }

    private static Type loyalty() {
        return new Fields()
                .with("points", Type.DOUBLE)
                .with("tier", Type.STRING)
                .with("status", Type.STRING)
                .with("program", Type.STRING)
                .with("joinDate", Type.TIMESTAMP)
                .with("joined", Type.TIMESTAMP)
                .with("expiry", Type.TIMESTAMP)
                .with("upgradeDate", Type.TIMESTAMP)
                .with("tierExpiryDate", Type.TIMESTAMP)
                .object();
    }

    private static Type consents() {
        Type choice = new Fields()
                .with("val", Type.STRING)
                .with("time", Type.TIMESTAMP)
                .with("reason", Type.STRING)
                .object();
        ObjectOf channel = new Fields()
                .with("val", Type.STRING)
                .with("time", Type.TIMESTAMP)
                .with("reason", Type.STRING)
                .with(
                        "subscriptions",
                        new MapOf(new Fields()
                                .with("val", Type.STRING)
                                .with("type", Type.STRING)
                                .with("time", Type.TIMESTAMP)
                                .object()))
                .object();
        return new Fields()
                .with("collect", choice)
                .with("share", choice)
                .with("adID", choice)
                .with("personalize", new Fields().with("content", choice).object())
                .with(
                        "marketing",
                        new Fields()
                                .with("preferred", Type.STRING)
                                .with("any", channel)
                                .with("call", channel)
                                .with("email", channel)
                                .with("fax", channel)
                                .with("inApp", channel)
                                .with("postalMail", channel)
                                .with("push", channel)
                                .with("sms", channel)
                                .with("whatsApp", channel)
                                .object())
                .with("metadata", new Fields().with("time", Type.TIMESTAMP).object())
                .object();
    }

    private static Type event() {
        return new Fields()
                .with("_id", Type.STRING)
                .with("timestamp", Type.TIMESTAMP)
                .with("eventType", Type.STRING)
                .with("producedBy", Type.STRING)
                .with("receivedTimestamp", Type.TIMESTAMP)
                .with("commerce", commerce())
                .with("metrics", new Fields().with("commerce", commerce()).object())
                .with(
                        "productListItems",
                        new ListOf(new Fields()
                                .with("_id", Type.STRING)
                                .with("SKU", Type.STRING)
                                .with("name", Type.STRING)
                                .with("product", Type.STRING)
                                .with("productAddMethod", Type.STRING)
                                .with("currencyCode", Type.STRING)
                                .with("quantity", Type.INTEGER)
                                .with("priceTotal", Type.DOUBLE)
                                .with("discountAmount", Type.DOUBLE)
                                .object()))
                .with("web", web())
                .with(
                        "device",
                        new Fields()
                                .with("type", Type.STRING)
                                .with("manufacturer", Type.STRING)
                                .with("model", Type.STRING)
                                .with("modelNumber", Type.STRING)
                                .object())
                .with(
                        "environment",
                        new Fields()
                                .with("type", Type.STRING)
                                .with("operatingSystem", Type.STRING)
                                .with("operatingSystemVersion", Type.STRING)
                                .with("language", Type.STRING)
                                .object())
                .with(
                        "placeContext",
                        new Fields().with("localTime", Type.TIMESTAMP).object())
                .with(
                        "marketing",
                        new Fields()
                                .with("trackingCode", Type.STRING)
                                .with("campaignName", Type.STRING)
                                .object())
                .with("channel", new Fields().object())
                .with("application", new Fields().object())
                .with("search", new Fields().with("keywords", Type.STRING).object())
                .with(IDENTITY_MAP, IDENTITIES)
                .object();
    }

    private static Type commerce() {
        return new Fields()
                .with(
                        "order",
                        new Fields()
                                .with("purchaseID", Type.STRING)
                                .with("purchaseOrderNumber", Type.STRING)
                                .with("currencyCode", Type.STRING)
                                .with("priceTotal", Type.DOUBLE)
                                .with("createdDate", Type.TIMESTAMP)
                                .object())
                .with(
                        "shipping",
                        new Fields()
                                .with("shipDate", Type.TIMESTAMP)
                                .with("shippingMethod", Type.STRING)
                                .object())
                .with("abandons", MEASURE)
                .with("cartAbandons", MEASURE)
                .with("checkouts", MEASURE)
                .with("inStorePurchase", MEASURE)
                .with("productListAdds", MEASURE)
                .with("productListOpens", MEASURE)
                .with("productListRemovals", MEASURE)
                .with("productListReopens", MEASURE)
                .with("productListViews", MEASURE)
                .with("productViews", MEASURE)
                .with("purchases", MEASURE)
                .with("saveForLaters", MEASURE)
                .object();
    }

    private static Type web() {
        return new Fields()
                .with(
                        "webPageDetails",
                        new Fields()
                                .with("name", Type.STRING)
                                .with("URL", Type.STRING)
                                .with("server", Type.STRING)
                                .with("siteSection", Type.STRING)
                                .with("isHomePage", Type.BOOLEAN)
                                .with("isErrorPage", Type.BOOLEAN)
                                .with("pageViews", MEASURE)
                                .object())
                .with(
                        "webReferrer",
                        new Fields()
                                .with("URL", Type.STRING)
                                .with("type", Type.STRING)
                                .object())
                .with(
                        "webInteraction",
                        new Fields()
                                .with("name", Type.STRING)
                                .with("type", Type.STRING)
                                .with("URL", Type.STRING)
                                .with("linkClicks", MEASURE)
                                .object())
                .object();
    }

    /** Fields in the order in which they were added, so that suggestions do not depend on hashing. */
    private static final class Fields {

        private final Map<String, Type> fields = new LinkedHashMap<>();

        Fields with(String name, Type type) {
            fields.put(name, type);
            return this;
        }

        ObjectOf object() {
            return new ObjectOf(fields, true);
        }
    }
}
