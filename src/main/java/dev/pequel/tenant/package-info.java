/** The caller of a request: its tenant (organization and sandbox), its roles, and its name in the audit trail. */
package dev.pequel.tenant;
