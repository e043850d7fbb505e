namespace Lightport.Bench.Runner.Report;

internal static class Units
{
    public static double Mebibytes(long bytes) => bytes / 1024.0 / 1024.0;

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    /// <summary>The value at a rank between 0 and 1; between two values, in proportion.</summary>
    public static double Percentile(IEnumerable<double> values, double rank)
    {
        double[] sorted = [.. values.Order()];
        double at = rank * (sorted.Length - 1);
        int below = (int)at;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (at - below));
    }
}
