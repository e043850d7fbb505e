using System.Globalization;
using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>The largest body that the gateway takes gets through the host, and there is the memory for it.</summary>
public sealed partial class BodyLimitTests
{
    private const string HostLimit = "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT";

    /// <summary>What the host was seen to take for a body of 100 MB, in MB.</summary>
    private const int HostMemory = 1_200;

    private static long GatewayLimit { get; } = long.Parse(
        Limit().Match(Repository.Read("src/Lightport/Admission/RequestGuard.cs")).Groups[1].Value
            .Replace("_", "", StringComparison.Ordinal),
        CultureInfo.InvariantCulture);

    /// <summary>A body that the host refuses is answered by the host, in no client's dialect.</summary>
    [Fact]
    public void Host_RefusesNothingThatTheGatewayWouldTake() => Assert.InRange(
        long.Parse(AppSettings.All[HostLimit].Trim('\''), CultureInfo.InvariantCulture),
        GatewayLimit + 1,
        long.MaxValue);

    [Fact]
    public void Instances_HaveTheMemoryForTheLargestBody()
    {
        string[] allowed = Allowed().Match(Repository.Read("infra/main.bicep")).Groups[1].Value.Split(", ");

        Assert.All(allowed, megabytes => Assert.True(int.Parse(megabytes, CultureInfo.InvariantCulture) > HostMemory));
        Assert.Contains(BicepFile.Main.Parameters["instanceMemoryMB"]!.Text, allowed);
    }

    [GeneratedRegex(@"MaxBodyBytes = ([\d_]+);")]
    private static partial Regex Limit();

    [GeneratedRegex(@"@allowed\(\[([\d, ]+)\]\)\s+@description\([^\n]+\)\s+param instanceMemoryMB ")]
    private static partial Regex Allowed();
}
