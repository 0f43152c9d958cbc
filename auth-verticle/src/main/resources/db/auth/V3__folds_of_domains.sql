-- Emails are folded anew where the rules for it have changed: a domain with ß is not the one with ss any more.
-- An account is found by its email as it was entered until the next start or the housekeeping has folded it.
update account set email_fold = null where email_fold is not null and email ~ '[^[:ascii:]]|@(.*[.])?[Xx][Nn]--';
