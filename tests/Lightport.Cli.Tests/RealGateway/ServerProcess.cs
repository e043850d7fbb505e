using System.Diagnostics;
using System.Text;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.RealGateway;

/// <summary>The built Server in a process of its own, with a folder of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(string folder, string? adminKey)
    {
        Folder = folder;
        var start = new ProcessStartInfo("dotnet", [RepositoryFiles.Server, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LIGHTPORT_ADMIN_KEY"] = adminKey;
        start.Environment["LIGHTPORT_DATA"] = Path.Combine(folder, "data");
        start.Environment["LIGHTPORT_CONFIG"] = null;
        start.Environment["LIGHTPORT_KEY"] = null;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public string Folder { get; }

    public string Address { get; private set; } = "";

    /// <param name="yaml">The document that it starts with; null for none.</param>
    public static async Task<ServerProcess> StartAsync(string? adminKey, string? yaml)
    {
        string folder = Directory.CreateTempSubdirectory("lightport-cli-").FullName;
        if (yaml is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "lightport.yaml"), yaml);
        }

        var server = new ServerProcess(folder, adminKey);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            server.Address = await server._address.Task.WaitAsync(Patience);
            return server;
        }
        catch (Exception)
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The banner says where it listens, once it does.</summary>
    private void Keep(string? line)
    {
        const string Banner = "  Lightport      ";
        lock (_output)
        {
            _output.AppendLine(line);
            if (line is null)
            {
                _address.TrySetException(new InvalidOperationException($"Server did not start:\n{_output}"));
            }
            else if (line.StartsWith(Banner, StringComparison.Ordinal))
            {
                _address.TrySetResult(line[Banner.Length..]);
            }
        }
    }
}
