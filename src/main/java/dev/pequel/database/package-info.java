/**
 * Access to PostgreSQL: connections, transactions and statements in JDBC, migrations, and the isolation of sandboxes.
 */
package dev.pequel.database;
