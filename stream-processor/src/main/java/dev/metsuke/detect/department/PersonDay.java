package dev.metsuke.detect.department;

/**
 * What an account adds to its department's day, by {@link Histogram#bucket}.
 *
 * @param isWorking whether somebody works on that day, by the account's calendar
 * @param day how many people's data it read on the day
 * @param hour how many in its largest hour
 */
public record PersonDay(boolean isWorking, int day, int hour) {

    public static PersonDay of(boolean isWorking, long peopleOfDay, long peopleOfLargestHour) {
        return new PersonDay(isWorking, Histogram.bucket(peopleOfDay), Histogram.bucket(peopleOfLargestHour));
    }
}
