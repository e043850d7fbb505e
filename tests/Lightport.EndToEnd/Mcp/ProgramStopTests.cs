using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Mcp;

/// <summary>What is left of a program that the gateway has started, when the gateway has stopped.</summary>
public sealed class ProgramStopTests
{
    /// <summary>
    /// Leaves a process behind whose parent ends at once, says which by its one tool's name, and does not end by
    /// itself.
    /// </summary>
    private const string Script = """
        pid=$( (sleep 600 </dev/null >/dev/null 2>&1 & echo $!) )
        while read -r line; do
          id=$(printf '%s' "$line" | sed -n 's/.*"id":\("\{0,1\}[0-9]*"\{0,1\}\).*/\1/p')
          case "$line" in
            *'"server/discover"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id" ;;
            *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"s","version":"1"}}}\n' "$id" ;;
            *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"left-%s-of-%s","inputSchema":{"type":"object"}}]}}\n' "$id" "$pid" "$$" ;;
          esac
        done
        sleep 600
        """;

    [Fact]
    public async Task Stop_EndsAProgramAndWhatItHasLeftBehind()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lightport-");
        string script = Path.Combine(folder.FullName, "server.sh");
        await File.WriteAllTextAsync(script, Script);
        string config = Path.Combine(folder.FullName, "lightport.yaml");
        await File.WriteAllTextAsync(config, $$"""
            mcp: { servers: { sh: { command: sh, arguments: ["{{script}}"] } } }
            models: { fast: echo/echo }
            """);
        await using GatewayProcess gateway = await GatewayProcess.StartServerAsync(
            config, new Dictionary<string, string>(), "gateway-mcp-stop.log");
        string name = await ToolOfAsync(gateway.Address);
        int[] processes = [.. name.Split('-').Where((_, at) => at % 2 == 1).Select(Number)];
        Assert.All(processes, process => Assert.True(IsRunning(process)));

        gateway.Terminate();
        Assert.Equal(0, await gateway.ExitAsync(TimeSpan.FromSeconds(30)));

        Assert.All(processes, process => Assert.False(IsRunning(process)));
        folder.Delete(recursive: true);
    }

    private static async Task<string> ToolOfAsync(Uri gateway)
    {
        using var client = new HttpClient(new SocketsHttpHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway, "mcp"))
        {
            Content = new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using HttpResponseMessage response = await client.SendAsync(request);
        string said = await response.Content.ReadAsStringAsync();
        const string Before = "\"sh__";
        int start = said.IndexOf(Before, StringComparison.Ordinal);
        Assert.True(start >= 0, said);
        return said[(start + Before.Length)..].Split('"')[0];
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A process that has ended is there until somebody has looked.</summary>
    private static bool IsRunning(int process) =>
        Array.Exists(Process.GetProcesses(), running => running.Id == process)
        && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
}
