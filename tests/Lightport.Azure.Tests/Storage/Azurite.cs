using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Lightport.Azure.Tests.Storage;

/// <summary>Azure's own storage emulator in a process of its own, one service of it alone, in memory.</summary>
internal sealed class Azurite : IAsyncDisposable
{
    public const string AccountKey = "bGlnaHRwb3J0LWxpZ2h0cG9ydC1saWdodHBvcnQtMTI=";

    private const int Accounts = 400;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _folder = Directory.CreateTempSubdirectory("lightport-azurite-").FullName;
    private readonly int _port = FreePort();
    private int _given;

    /// <param name="service"><c>table</c> or <c>blob</c>.</param>
    private Azurite(bool tokens, string service)
    {
        string script = Path.Combine(Installed(), "dist", "src", service, "main.js");
        List<string> arguments =
        [
            script, $"--{service}Host", "127.0.0.1", $"--{service}Port", $"{_port}", "--inMemoryPersistence",
            "--disableTelemetry", "--silent",
        ];
        if (tokens)
        {
            Certificate = SelfSigned.Create();
            arguments.AddRange(["--oauth", "basic", "--cert", Write("cert.pem", Certificate.ExportCertificatePem())]);
            arguments.AddRange(["--key", Write("key.pem", Certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem())]);
        }

        _process = new Process { StartInfo = new ProcessStartInfo("node", arguments) };
        _process.StartInfo.WorkingDirectory = _folder;
        _process.StartInfo.RedirectStandardOutput = true;
        _process.StartInfo.RedirectStandardError = true;
        _process.StartInfo.Environment["AZURITE_ACCOUNTS"] =
            string.Join(';', Enumerable.Range(1, Accounts).Select(number => $"{Name(number)}:{AccountKey}"));
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _ready.TrySetException(new InvalidOperationException("Azurite ended at once."));
    }

    /// <summary>What it shows over https; null where it speaks http.</summary>
    public X509Certificate2? Certificate { get; }

    public static Task<Azurite> StartAsync() => StartAsync(tokens: false);

    /// <summary>Speaks https and takes tokens.</summary>
    public static Task<Azurite> StartWithTokensAsync(string service = "table") => StartAsync(tokens: true, service);

    /// <summary>The address of an account that nobody else was given, empty.</summary>
    public Uri NextAccount()
    {
        int number = Interlocked.Increment(ref _given);
        Assert.True(number <= Accounts, "Azurite needs more accounts than it was started with.");
        return new Uri($"{(Certificate is null ? "http" : "https")}://127.0.0.1:{_port}/{Name(number)}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Certificate?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Azurite> StartAsync(bool tokens, string service = "table")
    {
        var azurite = new Azurite(tokens, service);
        azurite._process.Start();
        azurite._process.BeginOutputReadLine();
        azurite._process.BeginErrorReadLine();
        try
        {
            await azurite._ready.Task.WaitAsync(StartLimit);
            return azurite;
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            await azurite.DisposeAsync();
            throw new InvalidOperationException($"Azurite did not start. It printed:\n{azurite._output}", e);
        }
    }

    private static string Name(int number) => $"lightport{number:D3}";

    private static string Installed()
    {
        string package = Path.Combine(
            RepositoryRoot.Folder, "tests", "Lightport.Azure.Tests", "azurite", "node_modules", "azurite");
        return Directory.Exists(package)
            ? package
            : throw new InvalidOperationException(
                "Azurite is not installed: run eng/test.sh once, or npm ci in tests/Lightport.Azure.Tests/azurite.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        // Tables are said to have started, blobs to be listened to.
        if (line?.Contains("service successfully ", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }
}
