namespace Lightport.Mcp.Connections;

/// <summary>
/// How much may still be said, in messages or in bytes: something each second, and so much again for each question.
/// What is said beyond it is a debt, which time pays.
/// </summary>
/// <param name="most">For one question, and in a period.</param>
/// <param name="period">In which so much may be said without being asked.</param>
internal sealed class SpeechAllowance(long most, TimeSpan period)
{
    /// <summary>So many questions' worth may be left, as a program has many at once.</summary>
    private const int MostQuestions = 64;

    private readonly double _perSecond = most / period.TotalSeconds;
    private double _earned = most;
    private long _granted;

    /// <summary>Of all that was ever granted.</summary>
    private long _spent;

    /// <summary>How long it takes until the debt is paid; zero where there is none.</summary>
    public TimeSpan Debt => _earned < 0 ? TimeSpan.FromSeconds(-_earned / _perSecond) : TimeSpan.Zero;

    /// <summary>A second's worth has been left unsaid, which nobody leaves who says all that is taken.</summary>
    public bool IsRested => _earned >= _perSecond;

    public void Earn(TimeSpan passed) => _earned = Math.Min(_earned + (passed.TotalSeconds * _perSecond), most);

    /// <summary>For a question.</summary>
    /// <returns>What ends it.</returns>
    public long Grant()
    {
        _granted = Math.Min(_granted + most, MostQuestions * most);
        return _spent;
    }

    /// <summary>
    /// What nobody has used of it is gone with the question, or frequent short ones would let anything be said.
    /// </summary>
    /// <param name="granted">What it was granted with.</param>
    public void End(long granted) => _granted -= Math.Clamp(most - (_spent - granted), 0, _granted);

    public void Take(long said)
    {
        _earned -= said;
        if (_earned < 0)
        {
            long ofQuestions = Math.Min(_granted, (long)Math.Ceiling(-_earned));
            _granted -= ofQuestions;
            _spent += ofQuestions;
            _earned += ofQuestions;
        }
    }
}
