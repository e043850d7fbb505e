using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

/// <summary>Records are made here by the page's words alone, so that the page is enough to check them.</summary>
public sealed class AuditVerifyTests : IDisposable
{
    private readonly ToolProcess _tool = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    [Fact]
    public async Task WholeChain_OverTwoFiles_IsCountedAndEndsWith0()
    {
        Write(1, Chain()[..2]);
        Write(2, Chain()[2..]);

        ToolResult result = (await _tool.RunAsync("audit", "verify", _folder.FullName)).Ended(0);
        ToolResult script = (await _tool.RunAsync("audit", "verify", _folder.FullName, "--json")).Ended(0);

        Assert.Contains("4 records, and the chain is whole.", result.Output, StringComparison.Ordinal);
        Assert.Equal(4, JsonDocument.Parse(script.Output).RootElement.GetProperty("records").GetInt32());
    }

    /// <summary>On Azure each process has blobs of its own: each is a chain, whole by itself.</summary>
    [Fact]
    public async Task BlobsOfSeveralProcesses_AreAChainEach()
    {
        Write("audit-20261130T090000Z-00000001-000001", Chain()[..2]);
        Write("audit-20261130T090000Z-00000001-000002", Chain()[2..]);
        Write("audit-20261130T090000Z-00000002-000001", Chain());

        ToolResult result = (await _tool.RunAsync("audit", "verify", _folder.FullName)).Ended(0);

        Assert.Contains("8 records, and the chain is whole.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedRecord_IsNamedByFileAndLineAndEndsWith1()
    {
        string[] lines = Chain();
        lines[1] = lines[1].Replace("team-a", "team-b", StringComparison.Ordinal);
        string file = Write(1, lines);

        ToolResult result = (await _tool.RunAsync("audit", "verify", file)).Ended(1);

        Assert.Equal("", result.Output);
        Assert.Contains($"{file}, line 2: is no record, or was changed.", result.Error, StringComparison.Ordinal);
    }

    /// <summary>Which was written last is kept apart: in the folder itself, or in the gateway's data folder.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EndThatIsCutOff_IsSeenWhereTheLastRecordIsKnown(bool inData)
    {
        string[] lines = Chain();
        string head = lines[^1][^66..^2];
        string data = Path.Combine(_folder.FullName, "data");
        string[] more = inData ? ["--data", data] : [];
        Directory.CreateDirectory(Path.Combine(data, "audit"));
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_folder.FullName)))[..16];
        File.WriteAllText(inData ? Path.Combine(data, "audit", $"audit-{name}.last") : Path.Combine(_folder.FullName, ".last"), head);
        Write(1, lines[..3]);

        ToolResult cut = (await _tool.RunAsync(["audit", "verify", _folder.FullName, .. more])).Ended(1);
        Write(1, lines);
        ToolResult whole = (await _tool.RunAsync(["audit", "verify", _folder.FullName, .. more])).Ended(0);

        Assert.Contains($"The record that was written last, {head}, is not here", cut.Error, StringComparison.Ordinal);
        Assert.Contains("4 records, and the chain is whole.", whole.Output, StringComparison.Ordinal);
    }

    /// <summary>The disk may keep the mark later than the records: an older one is among them, and nothing is cut.</summary>
    [Fact]
    public async Task LastRecordThatIsNotTheNewest_IsNoCut()
    {
        string[] lines = Chain();
        File.WriteAllText(Path.Combine(_folder.FullName, ".last"), lines[1][^66..^2]);
        Write(1, lines[..3]);

        ToolResult result = (await _tool.RunAsync("audit", "verify", _folder.FullName)).Ended(0);

        Assert.Contains("The last process has not ended: it runs, or was killed.", result.Output + result.Error);
        Assert.DoesNotContain("would not be noticed", result.Output + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastRecordThatNobodyHasSaid_IsToldWithWhoCanSayIt()
    {
        Write(1, Chain()[..3]);

        ToolResult result = (await _tool.RunAsync("audit", "verify", _folder.FullName)).Ended(0);

        Assert.Contains("The gateway's data folder says it, by --data.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataFolderThatTellsNothing_IsWrongUse()
    {
        Write(1, Chain());

        (await _tool.RunAsync("audit", "verify", _folder.FullName, "--data", _folder.FullName)).Ended(2);
        (await _tool.RunAsync(
            "audit", "verify", Path.Combine(_folder.FullName, "audit-00000001.jsonl"), "--data", _folder.FullName)).Ended(2);
    }

    [Fact]
    public async Task NoRecords_AreNoProofAndEndWith1()
    {
        ToolResult result = (await _tool.RunAsync("audit", "verify", _folder.FullName)).Ended(1);

        Assert.Contains("There is not one record here", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingFile_EndsWith2() =>
        (await _tool.RunAsync("audit", "verify", Path.Combine(_folder.FullName, "none.jsonl"))).Ended(2);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(int number, string[] lines) => Write($"audit-{number:d8}", lines);

    private string Write(string name, string[] lines)
    {
        string path = Path.Combine(_folder.FullName, $"{name}.jsonl");
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    private static string[] Chain()
    {
        string previous = new('0', 64);
        string[] kinds = ["start", "request", "management", "end"];
        return [.. kinds.Select((kind, i) => Line(kind, i))];

        string Line(string kind, int number)
        {
            string hashed = $$"""{"chain":"a","seq":{{number}},"kind":"{{kind}}","who":"team-a","prev":"{{previous}}" """
                .TrimEnd();
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
            return $"{hashed},\"hash\":\"{previous}\"}}";
        }
    }
}
