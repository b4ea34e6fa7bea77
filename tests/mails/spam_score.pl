# Prints for each mail of the command line: file, SpamAssassin's score by its local tests alone, and the tests that hit.
# One process for all, because loading the rules takes longer than judging.
use strict;
use warnings;
use Mail::SpamAssassin;

my ($state, @files) = @ARGV;
my $assassin = Mail::SpamAssassin->new({
    local_tests_only   => 1,
    dont_copy_prefs    => 1,
    userprefs_filename => "/dev/null",
    userstate_dir      => $state,
    post_config_text   => "use_bayes 0\n",
});
for my $file (@files) {
    open my $handle, "<:raw", $file or die "$file: $!\n";
    my $mail  = $assassin->parse([<$handle>]);
    my $judge = $assassin->check($mail);
    printf "%s\t%.3f\t%s\n", $file, $judge->get_score, $judge->get_names_of_tests_hit_with_scores;
    $judge->finish;
    $mail->finish;
}
