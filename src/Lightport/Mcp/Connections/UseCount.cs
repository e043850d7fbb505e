namespace Lightport.Mcp.Connections;

/// <summary>
/// Counts who uses something, so that what is of no use to others any more is closed when the last of them is done,
/// and not under their hands.
/// </summary>
/// <param name="close">Closes it; is called once.</param>
internal sealed class UseCount(Action close)
{
    private readonly Lock _lock = new();
    private int _uses;
    private bool _isRetired;

    public bool IsRetired => Volatile.Read(ref _isRetired);

    /// <summary>Whoever begins must end. False where it is retired.</summary>
    public bool TryBegin()
    {
        lock (_lock)
        {
            _uses += _isRetired ? 0 : 1;
            return !_isRetired;
        }
    }

    public void End()
    {
        bool isLast;
        lock (_lock)
        {
            isLast = --_uses == 0 && _isRetired;
        }

        if (isLast)
        {
            close();
        }
    }

    /// <summary>Nobody begins any more.</summary>
    public void Retire()
    {
        lock (_lock)
        {
            if (_isRetired)
            {
                return;
            }

            _isRetired = true;
            if (_uses > 0)
            {
                return;
            }
        }

        close();
    }
}
