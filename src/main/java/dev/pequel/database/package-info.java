/** Connections, transactions and statements in plain JDBC, migrations, and the wall between sandboxes in PostgreSQL. */
package dev.pequel.database;
