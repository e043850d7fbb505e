using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightport.EndToEnd.Gateway;

/// <summary>A gateway in a process of its own, and all that it prints.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private const int StartTries = 600;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly string _log;

    private GatewayProcess(ProcessStartInfo start, Uri address, string log)
    {
        (Address, _log) = (address, log);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Address { get; }

    /// <summary>Everything that the process wrote so far, standard error included.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="yaml">The configuration, which is written to a file.</param>
    public static async Task<GatewayProcess> StartAsync(string yaml)
    {
        string config = Path.Combine(RepositoryFiles.Artifacts, $"lightport-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(config, yaml);
        var environment = new Dictionary<string, string>
        {
            // Answers are kept by a gateway that is managed alone.
            ["LIGHTPORT_ADMIN_KEY"] = Canary.AdminKey,
            ["LIGHTPORT_DATA"] = Directory.CreateTempSubdirectory("lightport-").FullName,
        };
        return await StartAsync(config, GatewaySettings.Command, environment, "gateway.log");
    }

    /// <summary>Starts the built Server, whatever the suite is run against.</summary>
    /// <param name="config">The configuration's file, which need not be there where the gateway is managed.</param>
    /// <param name="environment">Settings beside the providers' keys.</param>
    /// <param name="log">The file that what it prints is left in.</param>
    public static Task<GatewayProcess> StartServerAsync(
        string config,
        IReadOnlyDictionary<string, string> environment,
        string log) => StartAsync(config, null, environment, log);

    /// <summary>The names of the files that it has loaded by now.</summary>
    public IReadOnlyList<string> Loaded()
    {
        _process.Refresh();
        return [.. _process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName)];
    }

    /// <summary>Tells the process to stop, as Kubernetes, systemd and Ctrl-C do.</summary>
    public void Terminate()
    {
        // The shell's own: a program of that name is not on every machine.
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits until the process has no more memory than this, in bytes.</summary>
    /// <exception cref="TimeoutException">It has kept more.</exception>
    public async Task ShrinksToAsync(long bytes, TimeSpan patience)
    {
        using var timer = new PeriodicTimer(BetweenTries);
        using var over = new CancellationTokenSource(patience);
        _process.Refresh();
        while (_process.WorkingSet64 > bytes)
        {
            if (over.IsCancellationRequested)
            {
                throw new TimeoutException($"It still has {_process.WorkingSet64 >> 20} MiB.");
            }

            await timer.WaitForNextTickAsync();
            _process.Refresh();
        }
    }

    /// <summary>Ends the process without a word.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        await _process.WaitForExitAsync().WaitAsync(patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        await File.WriteAllTextAsync(Path.Combine(RepositoryFiles.Artifacts, _log), Output);
        _process.Dispose();
    }

    private static async Task<GatewayProcess> StartAsync(
        string config,
        string? command,
        IReadOnlyDictionary<string, string> environment,
        string log)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        ProcessStartInfo start = Describe(address.ToString().TrimEnd('/'), config, command);
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        var gateway = new GatewayProcess(start, address, log);
        gateway._process.Start();
        gateway._process.BeginOutputReadLine();
        gateway._process.BeginErrorReadLine();
        if (await gateway.IsHealthyInTimeAsync())
        {
            return gateway;
        }

        await gateway.DisposeAsync();
        throw new InvalidOperationException($"The gateway did not start. It printed:\n{gateway.Output}");
    }

    private static ProcessStartInfo Describe(string url, string config, string? command)
    {
        ProcessStartInfo start = command is not null
            ? new("/bin/sh", ["-c", Fill(command)])
            : new("dotnet", [RepositoryFiles.Server, "--urls", url, "--config", config]);
        start.WorkingDirectory = RepositoryFiles.Artifacts;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["ASPNETCORE_URLS"] = url;
        start.Environment["LIGHTPORT_CONFIG"] = config;
        foreach ((string name, string value) in GatewayConfiguration.Secrets)
        {
            start.Environment[name] = value;
        }

        return start;

        string Fill(string text) => text
            .Replace("{url}", url, StringComparison.Ordinal)
            .Replace("{config}", config, StringComparison.Ordinal);
    }

    private async Task<bool> IsHealthyInTimeAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Address };
        using var timer = new PeriodicTimer(BetweenTries);
        for (int tried = 0; tried < StartTries && !_process.HasExited; tried++)
        {
            try
            {
                using HttpResponseMessage health = await client.GetAsync(new Uri("health", UriKind.Relative));
                if (health.StatusCode == HttpStatusCode.OK)
                {
                    return true;
                }
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException)
            {
                // Not listening yet.
            }

            await timer.WaitForNextTickAsync();
        }

        return false;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
