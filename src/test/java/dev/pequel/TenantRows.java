package dev.pequel;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The tables of the service's database as they are, past the service and its connections. */
public final class TenantRows {

    private TenantRows() {}

    /** A connection of the superuser that owns the tables. */
    public static Connection connect() throws SQLException {
        Config config = ConfigProvider.getConfig();
        return DriverManager.getConnection(
                config.getValue("quarkus.datasource.jdbc.url", String.class),
                config.getValue("quarkus.datasource.username", String.class),
                config.getValue("quarkus.datasource.password", String.class));
    }

    /** The column of each table that tells whose a row is. */
    public static Map<String, String> columns(Connection connection) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        for (String table : texts(connection, """
                select relname from pg_class
                where relkind = 'r' and relnamespace = current_schema()::regnamespace
                    and relname <> 'flyway_schema_history'
                """)) {
            columns.put(table, table.equals("sandbox") ? "id" : "sandbox_id");
        }
        return columns;
    }

    /** Adds what no request adds: that a sandbox has loaded a seed. */
    public static void addSeedFile(Connection connection, String organization, String sandbox) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into seed_file (sandbox_id, name, checksum, loaded_at)
                    select id, 'schema.json', '', now() from sandbox where organization = '%s' and name = '%s'
                    """.formatted(organization, sandbox));
        }
    }

    /** Every row of a sandbox, by table. */
    static Map<String, List<String>> of(Connection connection, String organization, String sandbox)
            throws SQLException {
        Map<String, List<String>> rows = new TreeMap<>();
        for (Map.Entry<String, String> table : columns(connection).entrySet()) {
            rows.put(table.getKey(), texts(connection, """
                    select t::text from %s t
                    where %s = (select id from sandbox where organization = '%s' and name = '%s') order by t::text
                    """.formatted(
                            table.getKey(), table.getValue(), organization, sandbox)));
        }
        return rows;
    }

    /** The first column. */
    public static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
