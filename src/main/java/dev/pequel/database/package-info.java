/** Plain JDBC for the bulk paths, where an entity per row would cost more than the work itself. */
package dev.pequel.database;
