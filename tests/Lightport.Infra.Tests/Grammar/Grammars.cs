using System.Diagnostics;
using System.Text.Json;

namespace Lightport.Infra.Tests.Grammar;

/// <summary>Files read with the grammars of the npm packages beside this project.</summary>
internal static class Grammars
{
    private const string Folder = "tests/Lightport.Infra.Tests/grammars";
    private static readonly TimeSpan LongestParse = TimeSpan.FromMinutes(1);

    private static readonly JsonSerializerOptions DeepTrees = new(JsonSerializerDefaults.Web) { MaxDepth = 2_000 };

    private static readonly Lazy<IReadOnlyDictionary<string, SyntaxNode>> BicepTrees =
        new(() => Parse("bicep", "all", Repository.Files("infra", "*.bicep")));

    private static readonly Lazy<IReadOnlyDictionary<string, SyntaxNode>> PowerShellTrees =
        new(() => Parse("powershell", "errors", Repository.Files("infra", "*.ps1")));

    /// <summary>Every Bicep file by its path from the root.</summary>
    public static IReadOnlyDictionary<string, SyntaxNode> Bicep => BicepTrees.Value;

    /// <summary>Of every PowerShell file, what leads to an error; its grammar makes a hundred nodes of a line.</summary>
    public static IReadOnlyDictionary<string, SyntaxNode> PowerShell => PowerShellTrees.Value;

    private static Dictionary<string, SyntaxNode> Parse(string grammar, string wanted, IEnumerable<string> files)
    {
        var start = new ProcessStartInfo("node", ["--", $"{Folder}/parse.mjs", grammar, wanted, .. files])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        Task<string> complaint = node.StandardError.ReadToEndAsync();
        string trees = node.StandardOutput.ReadToEnd();
        if (!node.WaitForExit(LongestParse) || node.ExitCode != 0)
        {
            node.Kill();
            throw new InvalidOperationException(
                $"The grammars could not be used; run 'npm ci --prefix {Folder}'. {complaint.Result}");
        }

        return JsonSerializer.Deserialize<Dictionary<string, SyntaxNode>>(trees, DeepTrees)!;
    }
}
