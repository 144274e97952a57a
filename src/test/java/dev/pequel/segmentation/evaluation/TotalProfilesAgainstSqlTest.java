package dev.pequel.segmentation.evaluation;

import static dev.pequel.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pequel.EmbeddedPostgresql;
import dev.pequel.segmentation.PopulatedSandbox;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API counts of the sample population, against counts that PostgreSQL makes on the same tables. */
@QuarkusTest
class TotalProfilesAgainstSqlTest {

    private static final String PROFILES = """
            select count(*) from profile p join sandbox s on s.id = p.sandbox_id
            where s.organization = 'dev@Pequel' and s.name = 'prod' and\s""";

    private static final String EVENT =
            "exists (select from experience_event e where e.profile_id = p.id and e.sandbox_id = p.sandbox_id and ";

    private static final String ITEM =
            "exists (select from jsonb_array_elements(e.body -> 'productListItems') as item where ";

    @EmbeddedPostgresql.Connections
    DataSource database;

    @BeforeEach
    void waitForTheSamplePopulation() {
        eventually(() -> count("""
                select count(*) from import_job
                where source = 'sample' and content = 'events' and status = 'SUCCEEDED'""") > 0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            homeAddress.country = "US"                        | attributes #>> '{homeAddress,country}' = 'US'
            workAddress.country != "US"                       | attributes #>> '{workAddress,country}' <> 'US'
            not (workAddress.country = "US")                  | coalesce(attributes #>> '{workAddress,country}', '') <> 'US'
            homeAddress.stateProvince = workAddress.stateProvince | attributes #>> '{homeAddress,stateProvince}' = attributes #>> '{workAddress,stateProvince}'
            person.name.firstName.startsWith("Jo")            | attributes #>> '{person,name,firstName}' like 'Jo%'
            person.name.lastName.contains("o'b", false)       | attributes #>> '{person,name,lastName}' ilike '%o''b%'
            person.name.lastName like "%en"                   | attributes #>> '{person,name,lastName}' like '%en'
            personalEmail.address.isNull()                    | attributes #>> '{personalEmail,address}' is null
            loyalty.tier in ["gold", "platinum"]              | attributes #>> '{loyalty,tier}' in ('gold', 'platinum')
            loyalty.tier notIn ["gold", "platinum"]           | attributes #>> '{loyalty,tier}' not in ('gold', 'platinum')
            loyalty.points > 5000                             | (attributes #>> '{loyalty,points}')::numeric > 5000
            loyalty.points * 2 + 1 <= 4001                    | (attributes #>> '{loyalty,points}')::numeric * 2 + 1 <= 4001
            person.birthYear >= 1990 and person.gender = "female" | (attributes #>> '{person,birthYear}')::int >= 1990 and attributes #>> '{person,gender}' = 'female'
            person.birthMonth = 12 or homeAddress.city = "München" | (attributes #>> '{person,birthMonth}')::int = 12 or attributes #>> '{homeAddress,city}' = 'München'
            consents.marketing.email.val = "n" and !(homeAddress.country in ["DE", "FR"]) | attributes #>> '{consents,marketing,email,val}' = 'n' and coalesce(attributes #>> '{homeAddress,country}', '') not in ('DE', 'FR')
            homeAddress.city.equals("PARIS", false)           | lower(attributes #>> '{homeAddress,city}') = 'paris'
            """)
    void conditionsOnAttributes(String expression, String sql) throws SQLException {
        assertSame(expression, sql);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            xEvent[eventType = "commerce.purchases"]          | e.body ->> 'eventType' = 'commerce.purchases'
            xEvent[commerce.order.priceTotal > 500.0]         | (e.body #>> '{commerce,order,priceTotal}')::numeric > 500
            chain(xEvent, timestamp, [A: WHAT(device.type = "tablet")]) | e.body #>> '{device,type}' = 'tablet'
            """)
    void conditionsOnEvents(String expression, String sql) throws SQLException {
        assertSame(expression, EVENT + sql + ")");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select E from xEvent where E.productListItems.exists(SKU = "TN-100") | item ->> 'SKU' = 'TN-100'
            select E from xEvent, I from E.productListItems where I.quantity >= 4 | (item ->> 'quantity')::int >= 4
            """)
    void conditionsOnItemsOfEvents(String expression, String sql) throws SQLException {
        assertSame(expression, EVENT + ITEM + sql + "))");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            xEvent[eventType = "commerce.purchases"].count() >= 2 | 2
            """)
    void countsOfEvents(String expression, int least) throws SQLException {
        assertSame(
                expression,
                "(select count(*) from experience_event e where e.profile_id = p.id"
                        + " and e.body ->> 'eventType' = 'commerce.purchases') >= " + least);
    }

    private void assertSame(String expression, String sql) throws SQLException {
        PopulatedSandbox sandbox = PopulatedSandbox.sample();
        String id = sandbox.define(expression);
        try {
            long expected = count(PROFILES + "(" + sql + ")");
            assertTrue(expected > 0, "the condition tells nothing");
            assertEquals(expected, sandbox.total(id));
        } finally {
            sandbox.request()
                    .delete(PopulatedSandbox.BASE + "/audiences/{id}", id)
                    .then()
                    .statusCode(204);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
