namespace Lightport.Exchanges.Stages;

/// <summary>
/// Where a stage stands, in the order of the journey: money is reserved before anything is paid for, nothing answers
/// before what may deny has run, and what is added does not escape the guards.
/// </summary>
public enum StageStep
{
    Limits,
    Guards,
    Rules,
    Context,
    GuardsOnContext,
    Cache,
}
