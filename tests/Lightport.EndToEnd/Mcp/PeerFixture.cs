using System.Diagnostics;
using System.Net.Sockets;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.RealClients;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Mcp;

/// <summary>
/// A gateway with others' MCP servers behind it: one by HTTP, two as programs that it starts. It asks for no key, as
/// the protocol's suite has none to show.
/// </summary>
public sealed class PeerFixture : IAsyncLifetime
{
    private const int Tries = 600;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-peers-");
    private Process? _everything;
    private readonly FakeUpstream _upstream = new();
    private GatewayProcess? _gateway;
    private NodeClients? _clients;

    /// <summary>The vendors' clients at the gateway, whose models each have a wildcard with the tools.</summary>
    internal NodeClients Clients => _clients!;

    internal Uri Gateway => _gateway!.Address;

    /// <summary>The server by HTTP.</summary>
    internal Uri Everything { get; private set; } = new("http://127.0.0.1");

    /// <summary>The providers of these models.</summary>
    internal FakeUpstream Upstream => _upstream;

    /// <summary>The folder that the server of files may read.</summary>
    internal string Files => _folder.FullName;

    public async Task InitializeAsync()
    {
        int port = PeerPrograms.FreePort();
        _everything = PeerPrograms.Start(
            [PeerPrograms.Package("server-everything", "dist/index.js"), "streamableHttp"],
            new Dictionary<string, string> { ["PORT"] = $"{port}" });
        await ListensAsync(port);
        await _upstream.StartAsync("http://127.0.0.1:0");
        Uri everything = Everything = new Uri($"http://127.0.0.1:{port}/mcp");
        string config = Path.Combine(RepositoryFiles.Artifacts, $"mcp-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(config, $$"""
            {{GatewayConfiguration.Providers(_upstream.Address)}}
            mcp:
              servers:
                everything: { url: "{{everything}}", federate: [tools, resources, prompts] }
                sums: { url: "{{everything}}", tools: [get-sum, trigger-long-running-operation] }
                careful: { url: "{{everything}}", tools: [get-sum], approval: always }
                memory:
                  command: node
                  arguments: ["{{PeerPrograms.Package("server-memory", "dist/index.js")}}"]
                  environment: { MEMORY_FILE_PATH: "{{Path.Combine(Files, "memory.jsonl")}}" }
                files:
                  command: node
                  arguments: ["{{PeerPrograms.Package("server-filesystem", "dist/index.js")}}", "{{Files}}"]
            models:
              fast: echo/echo
            {{string.Concat(Providers.All.Select(
                name => $"  run-{name}/*: {{ targets: [\"{name}/*\"], tools: [sums] }}\n"))}}
            """);
        _gateway = await GatewayProcess.StartServerAsync(config, GatewayConfiguration.Secrets, "gateway-mcp.log");
        _clients = new NodeClients(Gateway, everything);
    }

    public async Task DisposeAsync()
    {
        await (_clients?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _upstream.DisposeAsync();
        if (_everything is not null)
        {
            _everything.Kill(entireProcessTree: true);
            await _everything.WaitForExitAsync();
            _everything.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task ListensAsync(int port)
    {
        using var timer = new PeriodicTimer(BetweenTries);
        for (int tried = 0; tried < Tries; tried++)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync("127.0.0.1", port);
                return;
            }
            catch (SocketException)
            {
                // Not listening yet.
            }

            await timer.WaitForNextTickAsync();
        }

        throw new InvalidOperationException("The MCP server did not start.");
    }
}
