namespace Lightport.Infra.Tests;

/// <summary>A rule that files keep to; where some do not, the failure lists them.</summary>
internal static class Rule
{
    public static void Holds(string rule, IEnumerable<string> offences)
    {
        string[] found = [.. offences];
        Assert.True(found.Length == 0, $"{rule}\n{string.Join('\n', found)}");
    }
}
