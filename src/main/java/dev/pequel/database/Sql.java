package dev.pequel.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Executes SQL statements with parameters through JDBC. A parameter is a number, string, boolean, {@code UUID},
 * {@code Instant}, byte array, {@code Long[]}, {@code UUID[]} or {@code String[]}, or an {@code Optional} of one of
 * these.
 */
public final class Sql {

    /** Fetch size with which JDBC fetches all rows together. */
    private static final int ALL_ROWS = 0;

    /** Maps the current row to a value. */
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Processes the current row. */
    public interface RowConsumer {
        void accept(ResultSet row) throws SQLException;
    }

    private Sql() {}

    /** Executes a change and returns the number of changed rows. */
    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    public static <T> List<T> list(Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            List<T> values = new ArrayList<>();
            while (row.next()) {
                values.add(mapper.map(row));
            }
            return values;
        }
    }

    public static void each(Connection connection, String sql, RowConsumer consumer, Object... parameters)
            throws SQLException {
        stream(connection, ALL_ROWS, sql, consumer, parameters);
    }

    /**
     * Like {@link #each}, but holds few rows in memory at a time. The connection must be in a transaction.
     *
     * @param rowsAtATime number of rows that are fetched together
     */
    public static void stream(
            Connection connection, int rowsAtATime, String sql, RowConsumer consumer, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            statement.setFetchSize(rowsAtATime);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    consumer.accept(row);
                }
            }
        }
    }

    /** Returns the first row, if any. */
    public static <T> Optional<T> first(Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(mapper.map(row)) : Optional.empty();
        }
    }

    /** Returns the row of a query that always has one. */
    public static <T> T one(Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
            throws SQLException {
        return first(connection, sql, mapper, parameters).orElseThrow();
    }

    /**
     * Returns ids as an array parameter. The array is typed, because PostgreSQL would parse text again for each
     * compared row.
     */
    public static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }

    /** Returns the value of a column of type {@code uuid[]}; empty for null. */
    public static Optional<List<UUID>> ids(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return array == null ? Optional.empty() : Optional.of(Arrays.asList((UUID[]) array.getArray()));
    }

    /** Returns the value of a column of type {@code timestamptz}. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            bind(connection, statement, Arrays.asList(parameters));
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, List<Object> parameters)
            throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            bind(connection, statement, i + 1, parameters.get(i));
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, int position, Object value)
            throws SQLException {
        switch (value) {
            case Optional<?> optional -> bind(connection, statement, position, optional.orElse(null));
            case Instant instant -> statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case String[] texts -> statement.setArray(position, connection.createArrayOf("text", texts));
            case UUID[] ids -> statement.setArray(position, connection.createArrayOf("uuid", ids));
            case Long[] numbers -> statement.setArray(position, connection.createArrayOf("int8", numbers));
            case byte[] bytes -> statement.setBytes(position, bytes);
            case null -> statement.setObject(position, null);
            default -> statement.setObject(position, value);
        }
    }
}
