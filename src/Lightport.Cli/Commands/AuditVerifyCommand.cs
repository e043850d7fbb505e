using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Lightport.Audit;
using Lightport.Cli.Input;
using Lightport.Cli.Output;

namespace Lightport.Cli.Commands;

/// <summary>Follows the chain of audit records through files, and names the first place where it is broken.</summary>
internal static class AuditVerifyCommand
{
    /// <summary>A file of the gateway's has at most 64 MiB, and the last records of a batch.</summary>
    private const int MostBytes = 100 << 20;

    public static Command Create(CommandRunner runner)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Files of records in their order, or a folder of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var data = new Option<string?>("--data")
        {
            Description = "The gateway's data folder, which remembers the last record of each folder.",
            HelpName = "folder",
        };
        var command = new Command("verify", "Says whether audit records are whole, without a gateway.")
        {
            files, data,
        };
        return runner.Run(command, (session, _) => Task.FromResult(Verify(
            session, session.Arguments.GetRequiredValue(files), session.Arguments.GetValue(data))));
    }

    private static int Verify(Session session, string[] named, string? data)
    {
        // Before the records are read: a gateway that runs writes on meanwhile.
        string? head = Head(named, data);
        AuditVerdict[] verdicts =
        [
            .. named.SelectMany(Files).GroupBy(ProcessOf).Select(files => AuditVerifier.Verify(
                files.Select(path => (Documents.ShownName(path), Lines(session.Documents.Read(path, MostBytes)))),
                files.Key.Length == 0 ? head : null)),
        ];
        if (verdicts.Select(verdict => verdict.Broken).OfType<string>().FirstOrDefault() is { } broken)
        {
            throw new CommandFailure(ExitCodes.Refused, $"The chain is broken. {broken}") { Code = "audit_broken" };
        }

        long records = verdicts.Sum(verdict => verdict.Records);
        string[] notes = [.. verdicts.SelectMany(verdict => verdict.Notes)];
        if (records == 0)
        {
            throw new CommandFailure(
                ExitCodes.Refused, "There is not one record here: name the folder of the audit, or its files.")
            {
                Code = "audit_empty",
            };
        }

        if (session.Terminal.Json)
        {
            session.Terminal.Document(new JsonObject
            {
                ["valid"] = true,
                ["records"] = records,
                ["notes"] = new JsonArray([.. notes.Select(note => (JsonNode)JsonValue.Create(note))]),
            }.ToJsonString());
            return ExitCodes.Done;
        }

        foreach (string note in notes)
        {
            session.Terminal.Note(note);
        }

        session.Terminal.Line(
            string.Create(CultureInfo.InvariantCulture, $"{records} records, and the chain is whole."),
            Styles.Added);
        return ExitCodes.Done;
    }

    /// <summary>Which record was written last, as the gateway remembers it apart; null where it does not.</summary>
    private static string? Head(string[] named, string? data)
    {
        if (named is not [var folder] || !Directory.Exists(folder))
        {
            return data is null ? null : throw new CommandFailure(
                ExitCodes.WrongUse, "--data tells the last record of one folder: name that, and no files.");
        }

        string path = AuditHead.PathOf(folder, data is null ? null : AuditHead.MarksIn(data));
        try
        {
            return AuditHead.Read(path) ?? (data is null ? null : throw new CommandFailure(
                ExitCodes.WrongUse,
                $"{path} tells of no record: name the gateway's data folder, and the audit's as the gateway has it."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure(ExitCodes.WrongUse, $"{path} cannot be read: {e.Message}", e)
            {
                Code = "unreadable_file",
            };
        }
    }

    private static IEnumerable<string> Files(string named) => Directory.Exists(named)
        ? Directory.EnumerateFiles(named, "audit-*.jsonl").Order(StringComparer.Ordinal)
        : [named];

    /// <summary>Each process has blobs, and a chain, of its own; files are one chain from process to process.</summary>
    private static string ProcessOf(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('-');
        return parts is ["audit", _, var process, _] ? process : "";
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        while (!text.IsEmpty)
        {
            int end = text.Span.IndexOf((byte)'\n');
            yield return end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
        }
    }
}
