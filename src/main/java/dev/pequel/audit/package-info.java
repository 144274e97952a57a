/**
 * The audit trail: who changed what, when and how. Events are written in the transaction of the change and never
 * altered.
 */
package dev.pequel.audit;
