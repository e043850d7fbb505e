using System.Diagnostics;
using System.Net.Sockets;
using Lightport.EndToEnd.Gateway;

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
    private GatewayProcess? _gateway;

    internal Uri Gateway => _gateway!.Address;

    /// <summary>The folder that the server of files may read.</summary>
    internal string Files => _folder.FullName;

    public async Task InitializeAsync()
    {
        int port = PeerPrograms.FreePort();
        _everything = PeerPrograms.Start(
            [PeerPrograms.Package("server-everything", "dist/index.js"), "streamableHttp"],
            new Dictionary<string, string> { ["PORT"] = $"{port}" });
        await ListensAsync(port);
        string config = Path.Combine(RepositoryFiles.Artifacts, $"mcp-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(config, $$"""
            mcp:
              servers:
                everything: { url: "http://127.0.0.1:{{port}}/mcp" }
                memory:
                  command: node
                  arguments: ["{{PeerPrograms.Package("server-memory", "dist/index.js")}}"]
                  environment: { MEMORY_FILE_PATH: "{{Path.Combine(Files, "memory.jsonl")}}" }
                files:
                  command: node
                  arguments: ["{{PeerPrograms.Package("server-filesystem", "dist/index.js")}}", "{{Files}}"]
            models: { fast: echo/echo }
            """);
        _gateway = await GatewayProcess.StartServerAsync(
            config, new Dictionary<string, string>(), "gateway-mcp.log");
    }

    public async Task DisposeAsync()
    {
        await (_gateway?.DisposeAsync() ?? ValueTask.CompletedTask);
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
