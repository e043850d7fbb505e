using System.Diagnostics;
using System.Text;

namespace Lightport.Infra.Tests.Hooks;

/// <summary>A copy of the hooks in a folder of its own, with stand-ins for all that they would reach.</summary>
internal sealed class HookWorld : IDisposable
{
    public const string AdminSecret = "lightport-admin-key";
    public const string SealSecret = "lightport-seal-key";
    public const string Url = "https://func-test.azurewebsites.net";
    private const string Vault = "kv-test";
    private static readonly string[] Programs = ["az", "curl", "dotnet", "sleep"];
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("lightport-hooks-");

    public HookWorld()
    {
        Directory.CreateDirectory(In("infra/hooks"));
        Directory.CreateDirectory(In("bin"));
        Directory.CreateDirectory(In("home"));
        Directory.CreateDirectory(In("tmp"));
        Directory.CreateDirectory(In("state/vault"));
        Directory.CreateDirectory(In("state/deleted"));
        foreach (string path in Repository.Files("infra/hooks", "*"))
        {
            File.Copy(Repository.Full(path), In(path));
        }

        foreach (string program in Programs)
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Hooks", "stand-in.sh"), In($"bin/{program}"));
            MakeExecutable(In($"bin/{program}"));
        }

        Write("state/keys.json", """{"keys":[]}""");
    }

    /// <summary>What the vault holds, by the secret's name.</summary>
    public IReadOnlyDictionary<string, string> Secrets => Directory.GetFiles(In("state/vault"))
        .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    /// <summary>What was run so far, a line each, with all arguments.</summary>
    public IReadOnlyList<string> Calls => Lines("state/calls");

    /// <summary>The rights of each file that az was told to read a secret from, and of its folder.</summary>
    public IReadOnlyList<string> Modes => Lines("state/modes");

    /// <summary>The address and the admin key that the command line had in its environment, each time.</summary>
    public IReadOnlyList<string> Credentials => Lines("state/credentials");

    /// <summary>The configuration that was applied; null for none.</summary>
    public string? Applied => File.Exists(In("state/applied.yaml")) ? File.ReadAllText(In("state/applied.yaml")) : null;

    /// <summary>What the hooks left in the folder for temporary files.</summary>
    public IReadOnlyList<string> LeftBehind => Directory.GetFileSystemEntries(In("tmp"));

    public void Write(string path, string text) => File.WriteAllText(In(path), text);

    public void PutSecret(string name, string value) => Write($"state/vault/{name}", value);

    /// <summary>A deleted secret keeps its name until somebody purges it.</summary>
    public void PutDeletedSecret(string name, string value) => Write($"state/deleted/{name}", value);

    /// <param name="hook"><c>postprovision</c> or <c>postdeploy</c>.</param>
    /// <param name="environment">Beside what azd hands over: <c>NAME=value</c>.</param>
    public Task<HookRun> RunAsync(string hook, params string[] environment) =>
        RunAsync(new Shell("bash", ".sh"), hook, environment);

    public async Task<HookRun> RunAsync(Shell shell, string hook, params string[] environment)
    {
        ProcessStartInfo start = Describe([shell.Program, In($"infra/hooks/{hook}{shell.Extension}")], environment);
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>At a terminal, where each answer is typed once its question stands there.</summary>
    public async Task<HookRun> RunAtATerminalAsync(string hook, params (string Question, string Answer)[] answers)
    {
        string[] command =
            ["script", "--quiet", "--return", "--command", $"bash {In($"infra/hooks/{hook}.sh")}", "/dev/null"];
        using Process process = Process.Start(Describe(command))!;
        using var limit = new CancellationTokenSource(LongestRun);
        var shown = new StringBuilder();
        var buffer = new char[256];
        foreach ((string question, string answer) in answers)
        {
            while (!shown.ToString().Contains(question, StringComparison.Ordinal))
            {
                int count = await process.StandardOutput.ReadAsync(buffer, limit.Token);
                Assert.True(count > 0, $"It ended before it asked '{question}': {shown}");
                shown.Append(buffer, 0, count);
            }

            await process.StandardInput.WriteAsync($"{answer}\n");
            await process.StandardInput.FlushAsync(limit.Token);
        }

        HookRun rest = await EndAsync(process);
        return rest with { Output = shown + rest.Output };
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static async Task<HookRun> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(LongestRun);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new HookRun(process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private ProcessStartInfo Describe(string[] command, params string[] environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _root.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string? path = start.Environment["PATH"];
        start.Environment.Clear();
        string[] settings =
        [
            $"PATH={In("bin")}{Path.PathSeparator}{path}", $"HOME={In("home")}", $"TMPDIR={In("tmp")}",
            $"STAND_IN={In("state")}", "AZURE_ENV_NAME=test", $"AZURE_KEY_VAULT_NAME={Vault}",
            "AZURE_SUBSCRIPTION_ID=00000000-0000-0000-0000-000000000001", $"LIGHTPORT_URL={Url}", .. environment,
        ];
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            start.Environment[parts[0]] = parts[1];
        }

        return start;
    }

    private string In(string path) => Path.Combine(_root.FullName, path);

    private string[] Lines(string path) => File.Exists(In(path)) ? File.ReadAllLines(In(path)) : [];

    private static void MakeExecutable(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
