using System.Globalization;
using System.Runtime.InteropServices;

namespace Lightport.Bench.Runner;

/// <summary>What the run is done on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
            .Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        return $"{model}, {Environment.ProcessorCount} cores shared by load, upstream and contender; "
            + $"{RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}";
    }

    public static double LoadAverage() =>
        double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
