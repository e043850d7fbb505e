using System.Text;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Wire;

/// <summary>A scenario's request as it goes over the wire to one contender.</summary>
internal static class RequestBytes
{
    public const string Path = "/v1/chat/completions";

    public static IEnumerable<string> Headers(Contender contender, Scenario scenario) =>
        ["Content-Type: application/json", "Authorization: Bearer sk-bench", .. contender.Headers(scenario)];

    public static byte[] Create(Contender contender, Scenario scenario)
    {
        byte[] body = scenario.Body();
        string head = $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {body.Length}\r\n"
            + string.Concat(Headers(contender, scenario).Select(header => header + "\r\n")) + "\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
