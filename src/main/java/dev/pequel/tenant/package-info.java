/** Who is calling and for which tenant: organization, sandbox and the name a change is recorded under. */
package dev.pequel.tenant;
