namespace Lightport.Dialects;

/// <summary>
/// What of an answer the client's dialect has no words for: told in a header while there is time, and in the log.
/// </summary>
public sealed class AnswerLosses
{
    /// <summary>Names come from providers too, and a header holds only so many.</summary>
    private const int MostNames = 32;

    private IReadOnlyList<string> _names = [];

    /// <summary>Each once, as their own wire names them; a list read while another is noted stays as it was.</summary>
    public IReadOnlyList<string> Names => _names;

    public void Note(string name)
    {
        if (_names.Count < MostNames && !_names.Contains(name))
        {
            _names = [.. _names, name];
        }
    }
}
