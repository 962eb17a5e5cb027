package dev.metsuke.simulation.company;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has an account, or a program that has one.
 *
 * @param index counted from 0
 * @param account {@code user.id}
 * @param number in HR's books
 * @param name in letters and characters
 * @param department as the directory says
 * @param employment {@code regular}, {@code contract}, {@code agency} or {@code batch}
 * @param contractEnd the last day of the contract, where it has one
 * @param pace how much of the department's usual work is this person's
 * @param unevenness how much days differ: the standard deviation of the logarithm of a day's work
 * @param start when the day begins, in minutes after midnight
 * @param roster which days of a roster are free
 */
public record Person(
        int index,
        String account,
        String number,
        String name,
        Department department,
        String employment,
        @Nullable LocalDate contractEnd,
        double pace,
        double unevenness,
        int start,
        int roster) {

    static final String DOMAIN = "company.example.jp";

    public String email() {
        return account + "@" + DOMAIN;
    }

    public boolean isBatch() {
        return department == Department.BATCH;
    }

    /** Which dataset a program reads whole at night. */
    public Dataset nightly() {
        List<Dataset> datasets = Department.BATCH.datasets();
        return datasets.get(index % datasets.size());
    }

    /** The calendar that the directory names for the account itself, where its department's does not hold. */
    public @Nullable String ownCalendar() {
        return isBatch() ? Calendar.ALWAYS.title() : null;
    }

    /** The same person, with a contract that ends. */
    public Person withContractUntil(LocalDate lastDay) {
        return new Person(
                index, account, number, name, department, "contract", lastDay, pace, unevenness, start, roster);
    }
}
