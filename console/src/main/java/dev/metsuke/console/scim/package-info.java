/**
 * The service provider's side of SCIM 2.0 (RFC 7643, RFC 7644): an identity provider tells whose accounts there are, and which it
 * switches off. It speaks to Kafka through the directory and the reports, as people do.
 */
@NullMarked
package dev.metsuke.console.scim;

import org.jspecify.annotations.NullMarked;
