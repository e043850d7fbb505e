namespace Lightport.Cli.Tests.Running;

/// <summary>What the fake gateway was asked.</summary>
/// <param name="Line">Method, path and query as they came.</param>
/// <param name="Headers">By name, whatever its case.</param>
/// <param name="Body">Its text.</param>
internal sealed record ReceivedCall(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
