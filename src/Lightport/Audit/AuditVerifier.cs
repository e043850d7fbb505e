namespace Lightport.Audit;

/// <summary>
/// Follows a chain of audit records through files, in the order in which they are given, to its end or to the first
/// place where it is broken. A line that was being written when a process was killed is no break: the next process
/// has gone on after the record before it.
/// </summary>
public sealed class AuditVerifier
{
    private readonly List<string> _notes = [];
    private readonly string? _head;
    private bool _hasHead;
    private AuditLine? _last;
    private string? _cut;
    private long _records;

    private AuditVerifier(string? head) => _head = head;

    /// <param name="files">Files with a name to call each by, in the order of their records.</param>
    /// <param name="head">
    /// The hash of the record that was written last, read before the files are; null where nobody has kept it. It may
    /// be an older one's, for the disk may keep it later than the records.
    /// </param>
    public static AuditVerdict Verify(
        IEnumerable<(string Name, IEnumerable<ReadOnlyMemory<byte>> Lines)> files, string? head = null)
    {
        var verifier = new AuditVerifier(head);
        string? broken = null;
        foreach ((string name, IEnumerable<ReadOnlyMemory<byte>> lines) in files)
        {
            int number = 0;
            foreach (ReadOnlyMemory<byte> line in lines)
            {
                broken = verifier.Take(line.Span, $"{name}, line {++number}");
                if (broken is not null)
                {
                    return verifier.Judge(broken);
                }
            }
        }

        return verifier.Judge(null);
    }

    private AuditVerdict Judge(string? broken)
    {
        if (broken is null && _cut is not null)
        {
            _notes.Add($"{_cut}: was being written when the process was killed.");
        }

        if (broken is null && _head is not null && !_hasHead)
        {
            broken = $"The record that was written last, {_head}, is not here: what came after these was cut off, "
                + "or is in files that were not named.";
        }

        if (broken is null && _last is { Kind: not AuditFields.End })
        {
            _notes.Add(_head is null
                ? "The last process has not ended: it runs, or was killed. Records cut off at its end would not be "
                    + "noticed: nobody has said which was written last. The gateway's data folder says it, by --data."
                : "The last process has not ended: it runs, or was killed.");
        }

        return new AuditVerdict(_records, broken, _notes);
    }

    /// <returns>What is broken here; null for nothing.</returns>
    private string? Take(ReadOnlySpan<byte> line, string place)
    {
        if (line.IsEmpty)
        {
            return null;
        }

        if (_cut is not null && (AuditLine.Read(line) is not { Kind: AuditFields.Start } begun || !Follows(begun)))
        {
            return $"{_cut}: is no record, or was changed.";
        }

        if (AuditLine.Read(line) is not { } record)
        {
            if (!AuditLine.MayBeCut(line))
            {
                return $"{place}: is no record, or was changed.";
            }

            _cut = place;
            return null;
        }

        if (_cut is not null)
        {
            _notes.Add($"{_cut}: was being written when the process was killed.");
            _cut = null;
        }
        else if (_last is { Kind: not AuditFields.End } && record.Kind == AuditFields.Start && Follows(record))
        {
            _notes.Add($"{place}: the process before has not ended: it was killed, or what it wrote last was cut off.");
        }

        string? broken = Compare(record) is { } how ? $"{place}: {how}" : null;
        _records += broken is null ? 1 : 0;
        _last = record;
        _hasHead |= record.Hash == _head;
        return broken;
    }

    private string? Compare(AuditLine record)
    {
        // Where all of the records are elsewhere, the chain goes on behind them.
        if (record.Missing is { } missing && missing != record.Previous)
        {
            return $"records before it are missing: the last that was written there, {missing}, was gone.";
        }

        if (_last is null)
        {
            if (record.Previous != AuditFields.Nothing)
            {
                _notes.Add($"The first record follows one that is not here, {record.Previous}.");
            }

            return null;
        }

        bool begins = record.Kind == AuditFields.Start;
        return true switch
        {
            _ when !Follows(record) => "does not follow the record before it: one is missing, or was moved.",
            _ when begins && record.Number != 0 => "begins a chain, and not with its first number.",
            _ when !begins && (record.Chain != _last.Chain || record.Number != _last.Number + 1) =>
                "is not the next of its chain.",
            _ => null,
        };
    }

    private bool Follows(AuditLine record) => _last is null || record.Previous == _last.Hash;
}
