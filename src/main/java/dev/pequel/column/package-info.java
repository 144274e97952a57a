/**
 * The columnar snapshot of profiles: JSON documents shredded into one column per path and primitive type.
 *
 * <p>{@link dev.pequel.column.ColumnBuilder} reads JSON values, {@link dev.pequel.column.Column} holds those of
 * one path, {@link dev.pequel.column.Snapshot} the columns of all inputs. Everything built is immutable and safe to
 * read from many threads.
 */
package dev.pequel.column;
