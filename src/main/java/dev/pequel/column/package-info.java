/**
 * Columnar snapshots of profiles: JSON documents shredded into one column for each path and primitive type.
 *
 * <p>{@link dev.pequel.column.ColumnBuilder} reads JSON values, {@link dev.pequel.column.Column} holds the values of
 * one path, {@link dev.pequel.column.Snapshot} the columns of all inputs. All of them except builders are immutable
 * and thread-safe.
 */
package dev.pequel.column;
