namespace Lightport.Cel.Functions;

/// <summary>
/// The groups that are open where a pattern is read: whether lines have ends there, and how many parts the pattern has
/// once what repeats is written out.
/// </summary>
internal sealed class PatternGroups
{
    /// <summary>As many times one part may repeat.</summary>
    public const int MostTimes = 1_000;

    /// <summary>As many parts a pattern may have.</summary>
    public const int MostParts = 10_000;

    private readonly Stack<(bool IsMultiline, long Parts)> _outer = new();
    private long _lastParts;

    /// <summary>Whether <c>$</c> is the end of a line here.</summary>
    public bool IsMultiline { get; set; }

    /// <summary>Of the innermost group, so far; of the pattern, where none is open.</summary>
    public long Parts { get; private set; }

    public bool IsTooLarge => Parts > MostParts;

    public void BeginPart()
    {
        _lastParts = 1;
        Parts++;
    }

    public void Enter(bool isMultiline)
    {
        _outer.Push((IsMultiline, Parts));
        (IsMultiline, Parts) = (isMultiline, 0);
    }

    /// <summary>Leaves the innermost group, which is the part that was read last; nothing where none is open.</summary>
    public void Leave()
    {
        if (_outer.TryPop(out (bool IsMultiline, long Parts) outer))
        {
            _lastParts = Parts;
            (IsMultiline, Parts) = (outer.IsMultiline, outer.Parts + _lastParts);
        }
    }

    /// <summary>Repeats the part that was read last.</summary>
    public void Repeat(int times)
    {
        long more = _lastParts * Math.Max(times - 1, 0);
        _lastParts += more;
        Parts += more;
    }
}
